package dev.penstock.cli.ledger.read;

import dev.penstock.schemas.Decision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The first decision of interest.
 *
 * @param number at least
 * @param sliceTime at least, milliseconds
 */
public record Start(long number, long sliceTime) {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** Whether a decision is not before the start. */
  public boolean reachedBy(Decision decision) {
    return decision.getNumber() >= number && decision.getSliceTime() >= sliceTime;
  }

  /** Reads {@code 17}, {@code 1996-05-07} or {@code 1996-05-07T12:00:00Z}. */
  public static final class Reader implements ITypeConverter<Start> {

    @Override
    public Start convert(String text) {
      if (NUMBER.matcher(text).matches()) {
        return new Start(Long.parseLong(text), Long.MIN_VALUE);
      }
      try {
        Instant time =
            text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Start(0, time.toEpochMilli());
      } catch (DateTimeException | ArithmeticException e) {
        throw new TypeConversionException(
            "must be the number of a decision or a time such as 1996-05-07T12:00:00Z, got " + text);
      }
    }
  }
}

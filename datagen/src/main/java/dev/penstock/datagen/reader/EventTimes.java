package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.schemas.spec.dataset.SourceSpec.TimeSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Event times as a dataset declares them. Those without a zone are UTC. */
final class EventTimes {

  /** ISO 8601 as it is met: a blank for the T, seconds or the time of day left out. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, /* decimalPoint= */ true)
          .optionalEnd()
          .appendPattern("[XXX]")
          .toFormatter(Locale.ROOT);

  private EventTimes() {}

  /** Text to milliseconds since the epoch. */
  interface Parser {
    /** Fails with a {@link DateTimeException} or {@link NumberFormatException}. */
    long parse(String text);
  }

  static Parser parser(TimeSpec.Columns time) {
    return switch (time.pattern()) {
      case "epoch-millis" -> Long::parseLong;
      case "epoch-seconds" -> text -> Math.round(Double.parseDouble(text) * 1000);
      case "iso" -> text -> parse(ISO, text);
      default -> {
        DateTimeFormatter formatter;
        try {
          formatter =
              new DateTimeFormatterBuilder()
                  .appendPattern(time.pattern())
                  .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                  .toFormatter(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
          throw new DataException(
              "pattern must be iso, epoch-seconds, epoch-millis or one of DateTimeFormatter, got "
                  + time.pattern());
        }
        yield text -> parse(formatter, text);
      }
    };
  }

  private static long parse(DateTimeFormatter formatter, String text) {
    TemporalAccessor parsed =
        formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
    if (parsed instanceof ZonedDateTime zoned) {
      return zoned.toInstant().toEpochMilli();
    }
    if (parsed instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    Instant midnight = LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    return midnight.toEpochMilli();
  }
}

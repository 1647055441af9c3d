package dev.penstock.schemas.spec.yaml;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What a single value of a YAML file says, or empty if it does not say that. */
final class YamlScalar {

  private YamlScalar() {}

  /** A whole number, which may have underscores between its digits. */
  static Optional<Long> integer(String text) {
    try {
      return Optional.of(new BigDecimal(text.replace("_", "")).longValueExact());
    } catch (NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A whole number of 32 bits, in digits alone. */
  static Optional<Integer> smallInteger(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Optional<Character> character(String text) {
    return text.length() == 1 ? Optional.of(text.charAt(0)) : Optional.empty();
  }

  /** A date, a time of UTC, or milliseconds since the epoch. */
  static Optional<Instant> instant(String text) {
    try {
      if (text.matches("-?\\d{5,}")) {
        return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
      }
      if (text.length() == "2026-01-31".length()) {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      return Optional.of(
          text.endsWith("Z")
              ? Instant.parse(text)
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}

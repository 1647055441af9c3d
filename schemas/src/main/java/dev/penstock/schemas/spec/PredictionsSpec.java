package dev.penstock.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Where the predictions that a trigger looks at come from, if not from the pipeline's own models.
 *
 * @param topic of Prediction messages, written by the user's serving system
 */
public record PredictionsSpec(String topic) {

  /** As Kafka has it. */
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  public PredictionsSpec {
    requireNonNull(topic, "topic is null");
    if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException(
          "topic must be letters, digits, dots, hyphens and underscores, at most 249, got "
              + topic);
    }
  }
}

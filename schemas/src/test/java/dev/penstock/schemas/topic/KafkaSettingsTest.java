package dev.penstock.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class KafkaSettingsTest {

  @Test
  void hidesSecrets() {
    KafkaSettings settings =
        new KafkaSettings(
            "broker:9092",
            Map.of(
                "sasl.jaas.config", "user=\"me\"",
                "ssl.key.password", "open-sesame",
                "security.protocol", "SASL_SSL"));

    assertThat(settings.toString())
        .isEqualTo(
            "broker:9092 {sasl.jaas.config=***, security.protocol=SASL_SSL,"
                + " ssl.key.password=***}");
    assertThat(settings.clientProperties()).containsEntry("ssl.key.password", "open-sesame");
  }

  @Test
  void takesPropertiesAsArguments() {
    assertThat(KafkaOptions.normalize("--kafka.security.protocol=SSL", "--other", "--kafka.x"))
        .containsExactly("--kafka", "security.protocol=SSL", "--other", "--kafka.x");
  }
}

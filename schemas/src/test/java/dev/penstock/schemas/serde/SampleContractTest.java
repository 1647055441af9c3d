package dev.penstock.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.spec.SpecReader;
import org.junit.jupiter.api.Test;

final class SampleContractTest {

  private static final long NOW = 1_000_000;

  private final SampleEncoder encoder = new SampleEncoder();
  private final SampleHeaderReader header = new SampleHeaderReader();

  @Test
  void acceptsWhatIsDeclaredAndAMissingLabel() {
    SampleContract contract = contract("{type: classes, names: [a, b]}");

    assertThat(accepts(contract, encoder.classified(NOW, 1, "", new byte[8]))).isTrue();
    assertThat(accepts(contract, encoder.unlabelled(NOW, "", new byte[8]))).isTrue();
  }

  @Test
  void refusesAnotherShapeLabelOrTime() {
    SampleContract classes = contract("{type: classes, names: [a, b]}");
    SampleContract real = contract("{type: real}");

    refuses(classes, encoder.classified(NOW, 1, "", new byte[7]), QuarantineReason.PAYLOAD_SHAPE);
    refuses(classes, encoder.classified(NOW, 2, "", new byte[8]), QuarantineReason.LABEL);
    refuses(classes, encoder.classified(NOW, -1, "", new byte[8]), QuarantineReason.LABEL);
    refuses(classes, encoder.regression(NOW, 1, "", new byte[8]), QuarantineReason.LABEL);
    refuses(real, encoder.regression(NOW, Double.NaN, "", new byte[8]), QuarantineReason.LABEL);
    refuses(
        classes, encoder.classified(NOW + 60_001, 1, "", new byte[8]), QuarantineReason.TIMESTAMP);
  }

  private void refuses(SampleContract contract, byte[] value, QuarantineReason reason) {
    assertThat(accepts(contract, value)).isFalse();
    assertThat(contract.reason()).isEqualTo(reason);
    assertThat(contract.detail()).contains("must ").contains("got");
  }

  private boolean accepts(SampleContract contract, byte[] value) {
    assertThat(header.read(value)).isEqualTo(SampleHeaderReader.Kind.SAMPLE);
    return contract.accepts(header, NOW);
  }

  private static SampleContract contract(String label) {
    return new SampleContract(
        SpecReader.parseDataset(
                "test",
                """
                kind: dataset
                name: test
                payload: {type: tensor, dtype: float32, shape: [2]}
                label: %s
                contract: {max-ahead: 1m}
                """
                    .formatted(label))
            .complete());
  }
}

package dev.penstock.worker.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of devices, on a machine with or without GPUs. */
final class DevicesITCase {

  @Test
  void cpuIsEverywhere() {
    assertThat(Devices.of("cpu")).isEqualTo(Device.cpu());
  }

  @Test
  void gpusAreThoseOfTheMachine() {
    int gpus = Engine.getInstance().getGpuCount();
    for (int number = 0; number < gpus; number++) {
      assertThat(Devices.of("gpu:" + number)).isEqualTo(Device.gpu(number));
    }

    assertThatThrownBy(() -> Devices.of("gpu:" + gpus))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device must be one of the machine's %d GPUs, got gpu:%d", gpus, gpus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu0", "gpu:", "cuda:0", "gpu:-1", "gpu:00000"})
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> Devices.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device must be cpu, gpu or gpu:N, got %s", name);
  }
}

package dev.penstock.models.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EngineJvmTest {

  @Test
  void argumentsAreTaken() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(EngineJvm.ARGUMENTS);
    command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));

    Process process = new ProcessBuilder(command).start();
    String flags = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(flags).containsPattern("Tier4InvocationThreshold += 50000 ");
    assertThat(flags).containsPattern("Tier4MinInvocationThreshold += 6000 ");
    assertThat(flags).containsPattern("Tier4CompileThreshold += 150000 ");
  }

  @Test
  void whatTheEnvironmentSaysStays() {
    Map<String, String> environment = new TreeMap<>(Map.of("MALLOC_ARENA_MAX", "4"));

    EngineJvm.addTo(environment);

    assertThat(environment)
        .containsEntry("MALLOC_ARENA_MAX", "4")
        .containsKeys("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_");
  }
}

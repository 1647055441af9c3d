package dev.penstock.models.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class EngineJvmTest {

  @Test
  void argumentsAreTaken() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java, "-XX:+PrintFlagsFinal", "-version");

    EngineJvm.prepare(builder);
    Process process = builder.start();
    String flags = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(flags).containsPattern("Tier4InvocationThreshold += 50000 ");
    assertThat(flags).containsPattern("Tier4MinInvocationThreshold += 6000 ");
    assertThat(flags).containsPattern("Tier4CompileThreshold += 150000 ");
  }

  @Test
  void whatTheEnvironmentSaysStays() {
    ProcessBuilder builder = new ProcessBuilder("java");
    builder.environment().put("MALLOC_ARENA_MAX", "4");

    EngineJvm.prepare(builder);

    assertThat(builder.environment())
        .containsEntry("MALLOC_ARENA_MAX", "4")
        .containsKeys("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_");
  }
}

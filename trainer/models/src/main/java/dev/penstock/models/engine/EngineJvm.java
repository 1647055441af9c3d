package dev.penstock.models.engine;

import java.util.List;
import java.util.Map;

/** How a JVM is started in which the engine trains. */
public final class EngineJvm {

  /**
   * The second compiler takes only what is called ten times as often as by default, and loops as
   * before. Native code does the work of a training; compiling the client of Kafka anew in each
   * process took half a second of a core more, from a training of two.
   */
  private static final List<String> ARGUMENTS =
      List.of(
          // The thresholds are of HotSpot.
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000");

  /**
   * The process keeps the memory of its tensors. A step makes and frees tensors of megabytes, which
   * glibc by default gives back to the system and asks for again in the next step, page by page:
   * that can take as long as the computation. Other allocators, such as jemalloc, do not look at
   * these variables (mallopt(3)).
   */
  private static final Map<String, String> VARIABLES =
      Map.of(
          // Blocks below 1 GB come from the heap of the allocator.
          "MALLOC_MMAP_THRESHOLD_", String.valueOf(1 << 30),
          // That heap does not shrink.
          "MALLOC_TRIM_THRESHOLD_", String.valueOf(1L << 40),
          // A thread's own heap could not have blocks above 64 MB.
          "MALLOC_ARENA_MAX", "1");

  private EngineJvm() {}

  /**
   * Sets up a process; what its environment says itself stays.
   *
   * @param java its command line, which begins with the JVM's program
   */
  public static void prepare(ProcessBuilder java) {
    java.command().addAll(1, ARGUMENTS);
    VARIABLES.forEach(java.environment()::putIfAbsent);
  }
}

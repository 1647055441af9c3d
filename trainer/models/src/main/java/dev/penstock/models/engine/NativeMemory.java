package dev.penstock.models.engine;

import java.util.Map;

/**
 * Lets a process that trains keep the memory of its tensors. A step makes and frees tensors of
 * megabytes. As it comes, glibc gives each back to the system and asks for it again in the next
 * step, page by page, which can take longer than the computation. Other allocators, such as
 * jemalloc, do not look at these variables.
 */
public final class NativeMemory {

  private static final Map<String, String> VARIABLES =
      Map.of(
          // Blocks below 1 GB come from the heap of the allocator.
          "MALLOC_MMAP_THRESHOLD_", String.valueOf(1 << 30),
          // That heap does not shrink.
          "MALLOC_TRIM_THRESHOLD_", String.valueOf(1L << 40),
          // A thread's own heap could not have blocks above 64 MB.
          "MALLOC_ARENA_MAX", "1");

  private NativeMemory() {}

  /** Adds to a process's environment what it does not say itself (mallopt(3)). */
  public static void keep(Map<String, String> environment) {
    VARIABLES.forEach(environment::putIfAbsent);
  }
}

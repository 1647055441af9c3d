package dev.penstock.worker.request;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The devices that trainings run on, by the names of {@link TrainingSettings#device}. */
public final class Devices {

  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,4}))?");

  private Devices() {}

  /**
   * The device of that name.
   *
   * @throws IllegalArgumentException if it is no name of a device, or this machine, or the engine
   *     on it, has no such GPU
   */
  public static Device of(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    // DJL's own names have no colon.
    Matcher gpu = GPU.matcher(name);
    if (!gpu.matches()) {
      throw new IllegalArgumentException("device must be cpu, gpu or gpu:N, got " + name);
    }
    int number = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
    int gpus = Engine.getInstance().getGpuCount();
    if (number >= gpus) {
      throw new IllegalArgumentException(
          "device must be one of the machine's " + gpus + " GPUs, got " + name);
    }
    return Device.gpu(number);
  }
}

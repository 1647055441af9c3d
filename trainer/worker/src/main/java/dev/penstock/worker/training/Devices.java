package dev.penstock.worker.training;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** The devices that trainings run on, by the names of {@link TrainingSettings#device}. */
public final class Devices {

  private Devices() {}

  /**
   * The device of that name.
   *
   * @throws IllegalArgumentException if this machine, or the engine on it, has no such GPU
   */
  public static Device of(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Device device = Device.fromName(name);
    if (device.getDeviceId() >= Engine.getInstance().getGpuCount()) {
      throw new IllegalArgumentException(
          "device must be one of the machine's "
              + Engine.getInstance().getGpuCount()
              + " GPUs, got "
              + name);
    }
    return device;
  }
}

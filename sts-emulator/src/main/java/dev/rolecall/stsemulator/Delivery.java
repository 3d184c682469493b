package dev.rolecall.stsemulator;

import java.io.IOException;
import java.io.OutputStream;

/** A way to send an answer. */
@FunctionalInterface
interface Delivery {

  /** As it should be: all of it, at once. */
  Delivery WHOLE =
      (answer, wire) -> {
        try (OutputStream out = wire.open(answer)) {
          out.write(answer.body());
        }
        wire.close();
      };

  /**
   * Sends the answer, or begins to. Runs on a worker thread, which may block in writing but must
   * not wait: whatever comes later goes through {@link Wire#later}.
   */
  void send(Answer answer, Wire wire) throws IOException;
}

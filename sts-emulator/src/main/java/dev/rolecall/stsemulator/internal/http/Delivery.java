package dev.rolecall.stsemulator.internal.http;

import dev.rolecall.stsemulator.internal.answer.Answer;
import java.io.IOException;
import java.io.OutputStream;

/** A way to send an answer. */
@FunctionalInterface
interface Delivery {

  /** As it should be: all of it, at once. */
  Delivery WHOLE =
      (answer, channel) -> {
        try (OutputStream out = channel.open(answer)) {
          out.write(answer.body());
        }
        channel.close();
      };

  /**
   * Sends the answer, or begins to. Runs on a worker thread, which may block in writing but must
   * not wait: whatever comes later goes through {@link AnswerChannel#later}.
   */
  void send(Answer answer, AnswerChannel channel) throws IOException;
}

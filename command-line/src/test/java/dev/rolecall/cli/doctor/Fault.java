package dev.rolecall.cli.doctor;

import dev.rolecall.cli.CommandRun;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fault that {@code doctor} is to find.
 *
 * @param end whose it is: client, server, network, policy or clock
 * @param name what it is
 * @param check what finds it
 * @param found what is said of it
 * @param cure what is said to do
 * @param seed puts it into the scene
 * @param mend does what is said to be done
 */
public record Fault(
    String end, String name, String check, String found, String cure, Asking seed, Asking mend) {

  /** Prepares a scene, and says what doctor is asked then. */
  @FunctionalInterface
  public interface Asking {
    Question in(DoctorScene scene) throws Exception;
  }

  /**
   * A question to doctor.
   *
   * @param context its clock, environment and patience
   * @param arguments its arguments
   */
  public record Question(DoctorContext context, List<String> arguments) {

    /** About this shell and that STS. */
    static Question of(String sts, String... more) {
      List<String> all = new ArrayList<>(List.of("--sts", sts));
      all.addAll(List.of(more));
      return new Question(
          new DoctorContext(Clock.systemUTC(), Map.of(), Duration.ofSeconds(10)), all);
    }

    /** About this shell and the STS of its own settings. */
    static Question plain() {
      return new Question(
          new DoctorContext(Clock.systemUTC(), Map.of(), Duration.ofSeconds(10)), List.of());
    }

    /** About this shell and the scene's STS. */
    static Question of(DoctorScene scene, String... more) {
      return of(scene.shell.sts.endpoint().toString(), more);
    }

    /** About that server too, whose certificate is trusted. */
    static Question server(DoctorScene scene, String server, String... more) {
      List<String> all = new ArrayList<>(List.of("--server", server, "--audience", "orders"));
      all.addAll(List.of("--trust-cert", scene.trust(DoctorScene.CERTIFICATE)));
      all.addAll(List.of(more));
      return of(scene, all.toArray(String[]::new));
    }

    Question at(Clock other) {
      return new Question(context.at(other), arguments);
    }

    Question with(String variable, String value) {
      Map<String, String> more = new HashMap<>(context.environment());
      more.put(variable, value);
      return new Question(new DoctorContext(context.clock(), more, context.patience()), arguments);
    }

    /** The same, of one who waits a moment alone. */
    Question hastily() {
      return new Question(
          new DoctorContext(context.clock(), context.environment(), Duration.ofMillis(300)),
          arguments);
    }

    CommandRun asked() {
      return DoctorShell.run(new DoctorCommand(context), arguments);
    }
  }

  @Override
  public String toString() {
    return end + ": " + name;
  }
}

package dev.rolecall.cli;

import java.time.Clock;
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
record Fault(
    String end, String name, String check, String found, String cure, Asking seed, Asking mend) {

  /** Prepares a scene, and says what doctor is asked then. */
  @FunctionalInterface
  interface Asking {
    Question in(DoctorScene scene) throws Exception;
  }

  /**
   * What doctor is asked.
   *
   * @param clock its clock
   * @param environment its environment, as far as it names proxies
   * @param arguments its arguments
   */
  record Question(Clock clock, Map<String, String> environment, List<String> arguments) {

    /** About this shell and that STS. */
    static Question of(String sts, String... more) {
      List<String> all = new ArrayList<>(List.of("--sts", sts));
      all.addAll(List.of(more));
      return new Question(Clock.systemUTC(), Map.of(), all);
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
      return new Question(other, environment, arguments);
    }

    Question with(String variable, String value) {
      Map<String, String> more = new HashMap<>(environment);
      more.put(variable, value);
      return new Question(clock, more, arguments);
    }

    CommandRun asked() {
      return DoctorShell.run(new DoctorCommand(clock, environment), arguments);
    }
  }

  @Override
  public String toString() {
    return end + ": " + name;
  }
}

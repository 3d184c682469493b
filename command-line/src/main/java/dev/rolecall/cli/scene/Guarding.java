package dev.rolecall.cli.scene;

import dev.rolecall.guard.CallGuardBuilder;
import io.grpc.BindableService;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A guarded server of a scene.
 *
 * @param policy the text of its policy
 * @param options further options of its guard
 * @param services what it serves besides the demo service
 */
public record Guarding(
    String policy, UnaryOperator<CallGuardBuilder> options, List<BindableService> services) {

  /** Copies the services. */
  public Guarding {
    services = List.copyOf(services);
  }

  /** With those options, and the demo service alone. */
  public static Guarding by(String policy, UnaryOperator<CallGuardBuilder> options) {
    return new Guarding(policy, options, List.of());
  }
}

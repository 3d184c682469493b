package dev.rolecall.cli.policy;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.schema.Schema;
import java.util.List;
import java.util.Set;

/**
 * A policy to be filled in, with one rule for each service. Each rule is commented out with {@code
 * #}, so the text admits no caller. Without the {@code #} it is not a policy: the place of the
 * callers holds a text that is not a role.
 */
final class PolicyTemplate {

  /** No account has this number, so nothing loads before it is replaced. */
  static final String PLACE_OF_CALLERS = "arn:aws:iam::ACCOUNT:role/CALLER";

  /** Services that servers often leave open. */
  private static final Set<String> OFTEN_PUBLIC =
      Set.of(
          "grpc.health.v1.Health",
          "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection");

  private final StringBuilder text = new StringBuilder();

  private PolicyTemplate() {}

  /**
   * The text.
   *
   * @param name the policy's name
   */
  static String of(String name, List<ServiceDescriptor> services) {
    PolicyTemplate template = new PolicyTemplate();
    template.head(name);
    template.rules(services.stream().filter(service -> !isOftenPublic(service)).toList());
    template.open(services.stream().filter(PolicyTemplate::isOftenPublic).toList());
    return template.text.toString();
  }

  private static boolean isOftenPublic(ServiceDescriptor service) {
    return OFTEN_PUBLIC.contains(service.getFullName());
  }

  private void head(String name) {
    line("# Who may call these services. Begun by: rolecall policy init");
    line("#");
    line("# As it stands, it admits no caller. For each service that is to be called,");
    line("# take the first # off allow_rules and off the lines of its rule. Write the");
    line("# callers' roles in the place of " + PLACE_OF_CALLERS + ",");
    line("# and drop the methods that they do not need.");
    line("# Then run: rolecall policy check, rolecall policy test.");
    line("name: " + quoted(name));
  }

  private void rules(List<ServiceDescriptor> services) {
    if (services.isEmpty()) {
      return;
    }
    line("");
    line("#allow_rules:");
    for (ServiceDescriptor service : services) {
      line("");
      line("#  - name: " + quoted(service.getFullName()));
      line("#    source: {principals: [" + quoted(PLACE_OF_CALLERS) + "]}");
      line("#    request:");
      line("#      paths:");
      for (MethodDescriptor method : service.getMethods()) {
        line("#        - " + quoted(Schema.pathOf(method).value()));
      }
    }
  }

  private void open(List<ServiceDescriptor> services) {
    if (services.isEmpty()) {
      return;
    }
    line("");
    line("# Methods that anyone may call without a proof. Probes often must; reflection");
    line("# tells any caller which methods there are.");
    line("#public_methods:");
    for (ServiceDescriptor service : services) {
      line("#  - " + quoted("/" + service.getFullName() + "/*"));
    }
  }

  private static String quoted(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '\\')) {
      throw new CommandFailure(
          "a name that no policy can hold, of " + text.length() + " characters");
    }
    return '"' + text + '"';
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}

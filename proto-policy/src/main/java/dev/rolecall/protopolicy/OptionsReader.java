package dev.rolecall.protopolicy;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.rolecall.identity.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.PrincipalGroup;
import dev.rolecall.protopolicy.v1.Allow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes a policy from services' options, or reports all their problems. */
final class OptionsReader {

  private final PolicyBuilder policy;
  private final List<String> problems = new ArrayList<>();

  OptionsReader(String name) {
    this.policy = AccessPolicy.builder(name);
  }

  /**
   * The policy.
   *
   * @throws IllegalArgumentException if something is wrong; one line for each thing
   */
  AccessPolicy read(Collection<ServiceDescriptor> services, List<String> publicMethods) {
    services.forEach(this::read);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    if (!publicMethods.isEmpty()) {
      policy.publicMethods(publicMethods.toArray(String[]::new));
    }
    return policy.build();
  }

  private void read(ServiceDescriptor service) {
    Optional<List<PrincipalPattern>> byDefault =
        allowed(service.getFullName(), AllowOption.OF_SERVICE, service.getOptions());
    for (MethodDescriptor method : service.getMethods()) {
      String name = service.getFullName() + "/" + method.getName();
      allowed(name, AllowOption.OF_METHOD, method.getOptions())
          .or(() -> byDefault)
          .filter(roles -> !roles.isEmpty())
          .ifPresent(roles -> allow(name, roles));
    }
  }

  private void allow(String name, List<PrincipalPattern> roles) {
    try {
      policy.allow("/" + name, roles, "/" + name);
    } catch (IllegalArgumentException e) {
      // A name too long for a policy's rule.
      problems.add(name + ": " + e.getMessage());
    }
  }

  /** The roles of an option; empty if it is not set; none of them if there is a problem. */
  private <O extends Message> Optional<List<PrincipalPattern>> allowed(
      String owner, AllowOption<O> option, O options) {
    String place = owner + ": option (" + option.name() + ")";
    try {
      return option.in(options).map(allow -> roles(place, allow));
    } catch (IllegalArgumentException e) {
      problems.add(place + ": " + e.getMessage());
      return Optional.of(List.of());
    }
  }

  private List<PrincipalPattern> roles(String place, Allow allow) {
    if (allow.getRolesCount() == 0) {
      problems.add(place + ": no roles (expected: at least one)");
    }
    List<PrincipalPattern> roles = new ArrayList<>();
    for (int i = 0; i < allow.getRolesCount(); i++) {
      try {
        roles.add(PrincipalPattern.parse(allow.getRoles(i)));
      } catch (IllegalArgumentException e) {
        problems.add(
            place + ", roles[" + i + "]: " + e.getMessage() + aboutGroups(allow.getRoles(i)));
      }
    }
    return roles;
  }

  /** Only a text that is no principal can name a group. */
  private static String aboutGroups(String text) {
    return text.startsWith(PrincipalGroup.PREFIX) || text.indexOf('{') >= 0
        ? "; groups are defined and named in policy files alone"
        : "";
  }
}

package dev.rolecall.protopolicy;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.PrincipalGroup;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.protopolicy.v1.Allow;
import dev.rolecall.protopolicy.v1.RequiredGrant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes a policy from services' options, or reports all their problems. */
final class OptionsReader {

  private final PolicyBuilder policy;
  private final List<String> problems = new ArrayList<>();
  private final ConditionsReader conditions = new ConditionsReader(problems);

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
    Optional<StatedCallers> byDefault =
        allowed(service.getFullName(), AllowOption.OF_SERVICE, service.getOptions());
    for (MethodDescriptor method : service.getMethods()) {
      String name = service.getFullName() + "/" + method.getName();
      allowed(name, AllowOption.OF_METHOD, method.getOptions())
          .or(() -> byDefault)
          .filter(callers -> !callers.roles().isEmpty())
          .ifPresent(callers -> allow(name, callers));
    }
  }

  private void allow(String name, StatedCallers callers) {
    try {
      policy.allow("/" + name, callers.source(), callers.conditions(), "/" + name);
    } catch (IllegalArgumentException e) {
      // A name too long for a policy's rule.
      problems.add(name + ": " + e.getMessage());
    }
  }

  /** The callers of an option; empty if it is not set; none of them if there is a problem. */
  private <O extends Message> Optional<StatedCallers> allowed(
      String owner, AllowOption<O> option, O options) {
    String place = owner + ": option (" + option.name() + ")";
    try {
      return option
          .in(options)
          .map(
              allow ->
                  new StatedCallers(
                      roles(place, allow),
                      conditions.conditions(place, allow),
                      grant(place, allow)));
    } catch (IllegalArgumentException e) {
      problems.add(place + ": " + e.getMessage());
      return Optional.of(StatedCallers.NONE);
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

  /** The grant that callers must hold; empty for none, or for a problem, which is reported. */
  private Optional<GrantRequirement> grant(String place, Allow allow) {
    if (!allow.hasRequiresGrant()) {
      return Optional.empty();
    }
    RequiredGrant grant = allow.getRequiresGrant();
    try {
      return Optional.of(
          grant.hasResource()
              ? GrantRequirement.of(grant.getPermission(), grant.getResource())
              : GrantRequirement.of(grant.getPermission()));
    } catch (IllegalArgumentException e) {
      problems.add(place + ", requires_grant: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Only a text that is no principal can name a group. */
  private static String aboutGroups(String text) {
    return text.startsWith(PrincipalGroup.PREFIX) || text.indexOf('{') >= 0
        ? "; groups are defined and named in policy files alone"
        : "";
  }
}

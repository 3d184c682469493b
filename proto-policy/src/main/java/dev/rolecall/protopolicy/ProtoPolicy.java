package dev.rolecall.protopolicy;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors;
import dev.rolecall.policy.AccessPolicy;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The policy that services' own .proto files state, by {@code option (rolecall.v1.allow)} on a
 * method and {@code option (rolecall.v1.default_allow)} on a service:
 *
 * <pre>{@code
 * AccessPolicy stated = ProtoPolicy.of("orders", OrdersGrpc.getServiceDescriptor());
 * CallGuard.builder(PolicySource.fixed(stated)).accept(StsVerifier.forAudience("orders")).build()
 * }</pre>
 *
 * <p>or under an operator's file, which may take away from it and never adds:
 *
 * <pre>{@code
 * PolicySource.fixed(stated).narrowedBy(PolicyFile.follow(file))
 * }</pre>
 *
 * <p>A method's option takes the place of its service's. A method with neither, and any method that
 * no descriptor has, is denied to every caller; there are no deny rules. Each method's rule is
 * named after its path, {@code /package.Service/Method}. Roles, and callers of each other kind, are
 * written as a policy file writes principals; so are {@code networks}, {@code headers} and {@code
 * requires_grant}, which narrow them. No option admits a caller that another party acts for.
 */
public final class ProtoPolicy {

  private ProtoPolicy() {}

  /**
   * The policy that these services state.
   *
   * @param name the policy's name
   * @param services as generated code has them, {@code OrdersGrpc.getServiceDescriptor()}
   * @throws IllegalArgumentException if an option is no valid rule, and then it names every such
   *     method; if a service is not described by a .proto file, or is given twice; or if the name
   *     is invalid
   */
  public static AccessPolicy of(String name, ServiceDescriptor... services) {
    Builder builder = builder(name);
    for (ServiceDescriptor service : services) {
      builder.service(service);
    }
    return builder.build();
  }

  /** A builder of the policy of that name. */
  public static Builder builder(String name) {
    return new Builder(requireNonNull(name, "name"));
  }

  /**
   * A builder that collects the services whose options are read. Not safe for use by several
   * threads at once.
   */
  public static final class Builder {

    private final String name;
    private final Map<String, Descriptors.ServiceDescriptor> services = new LinkedHashMap<>();
    private final List<String> publicMethods = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Reads a service's options, from the descriptor that generated code has.
     *
     * @throws IllegalArgumentException if it is not described by a .proto file, or is given twice
     */
    public Builder service(ServiceDescriptor service) {
      if (requireNonNull(service, "service").getSchemaDescriptor()
          instanceof ProtoServiceDescriptorSupplier supplier) {
        return service(supplier.getServiceDescriptor());
      }
      throw new IllegalArgumentException(
          "service: " + service.getName() + " (expected: one described by a .proto file)");
    }

    /**
     * Reads a service's options.
     *
     * @throws IllegalArgumentException if the service is given twice
     */
    public Builder service(Descriptors.ServiceDescriptor service) {
      if (services.putIfAbsent(service.getFullName(), service) != null) {
        throw new IllegalArgumentException(
            "service: " + service.getFullName() + " (expected: each once)");
      }
      return this;
    }

    /**
     * Makes some methods public, such as {@code /grpc.health.v1.Health/*}: no option does that. A
     * file that narrows the policy must list them too.
     */
    public Builder publicMethods(String... paths) {
      publicMethods.addAll(List.of(paths));
      return this;
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException if an option is no valid rule, and then it names every such
     *     method; if the name or a public method's path is invalid
     */
    public AccessPolicy build() {
      return new OptionsReader(name).read(services.values(), publicMethods);
    }
  }
}

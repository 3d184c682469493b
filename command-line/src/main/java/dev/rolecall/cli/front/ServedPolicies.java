package dev.rolecall.cli.front;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policy.document.PolicyFileBuilder;
import dev.rolecall.policytools.UnmatchedPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policy that a server obeys, and the shadow policy beside it, if there is one. */
public final class ServedPolicies implements AutoCloseable {

  /** The schemes and the proxies of a server, which vouch for the principals of its policies. */
  record Vouching(Collection<Scheme> schemes, Optional<TrustedProxies> proxies) {

    private <T> Set<T> all(
        Function<Scheme, Set<T>> ofScheme, Function<TrustedProxies, Set<T>> ofProxies) {
      return Stream.concat(
              schemes.stream().flatMap(scheme -> ofScheme.apply(scheme).stream()),
              proxies.stream().flatMap(trusted -> ofProxies.apply(trusted).stream()))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private final PolicyFile inForce;
  private final Optional<PolicyFile> shadow;

  private ServedPolicies(PolicyFile inForce, Optional<PolicyFile> shadow) {
    this.inForce = inForce;
    this.shadow = shadow;
  }

  /**
   * Follows both.
   *
   * @param inForce the files and folders of the one policy; at least one
   * @param period how long after one look at a file comes the next
   * @param vouching who vouches for the principals of the policies
   * @throws CommandFailure if one cannot be read or is no policy: who starts a server wants to know
   */
  static ServedPolicies open(
      List<Path> inForce, Optional<Path> shadow, Duration period, Vouching vouching) {
    PolicyFile first = opened(following(inForce, period, vouching));
    try {
      return new ServedPolicies(
          first, shadow.map(file -> opened(following(List.of(file), period, vouching))));
    } catch (CommandFailure e) {
      first.close();
      throw e;
    }
  }

  private static PolicyFileBuilder following(List<Path> paths, Duration period, Vouching vouching) {
    try {
      Path[] more = paths.stream().skip(1).toArray(Path[]::new);
      return PolicyFile.builder(paths.get(0), more)
          .period(period)
          .aliases(vouching.all(Scheme::aliases, TrustedProxies::aliases))
          .trustDomains(
              vouching.all(
                  scheme -> scheme.trustDomains().keySet(),
                  proxies -> proxies.trustDomains().keySet()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--policy-period: " + e.getMessage(), e);
    }
  }

  private static PolicyFile opened(PolicyFileBuilder file) {
    try {
      return file.follow();
    } catch (InvalidPolicyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** A builder of a control by them, which closes them. */
  public AccessControlBuilder control() {
    AccessControlBuilder control = AccessControl.builder(inForce);
    shadow.ifPresent(control::shadowPolicy);
    return control;
  }

  /** What to say of them at the start. */
  public List<String> notes(Collection<String> fullMethodNames) {
    return Stream.concat(
            unmatched("note: ", inForce.current(), fullMethodNames),
            shadow.stream()
                .flatMap(
                    file ->
                        Stream.concat(
                            Stream.of("beside it: policy " + file.current().name()),
                            unmatched("note beside it: ", file.current(), fullMethodNames))))
        .toList();
  }

  /** Whether the policy in force allows some caller a method, or anyone. */
  public boolean mayAllow(MethodPath method) {
    return inForce.current().layers().stream().allMatch(layer -> mayAllow(layer, method));
  }

  private static boolean mayAllow(AccessPolicy layer, MethodPath method) {
    return layer.publicMethods().stream().anyMatch(path -> path.pattern().matches(method))
        || layer.rules().stream()
            .anyMatch(rule -> !rule.denies() && rule.pathsMatching(method).findAny().isPresent());
  }

  private static Stream<String> unmatched(
      String prefix, AccessPolicy policy, Collection<String> fullMethodNames) {
    return UnmatchedPath.in(policy, fullMethodNames).stream().map(unmatched -> prefix + unmatched);
  }

  @Override
  public void close() {
    shadow.ifPresent(PolicyFile::close);
    inForce.close();
  }
}

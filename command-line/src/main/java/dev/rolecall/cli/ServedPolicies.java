package dev.rolecall.cli;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.InvalidPolicyException;
import dev.rolecall.policy.PolicyFile;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.grpc.RoleGuardBuilder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The policy that a server obeys, and the one it asks beside it, if there is one. */
final class ServedPolicies implements AutoCloseable {

  private final PolicyFile inForce;
  private final Optional<PolicyFile> shadow;

  private ServedPolicies(PolicyFile inForce, Optional<PolicyFile> shadow) {
    this.inForce = inForce;
    this.shadow = shadow;
  }

  /**
   * Follows both files.
   *
   * @throws CommandFailure if one cannot be read or is no policy: who starts a server wants to know
   */
  static ServedPolicies open(Path inForce, Optional<Path> shadow) {
    PolicyFile first = opened(inForce);
    try {
      return new ServedPolicies(first, shadow.map(ServedPolicies::opened));
    } catch (CommandFailure e) {
      first.close();
      throw e;
    }
  }

  private static PolicyFile opened(Path file) {
    try {
      return PolicyFile.open(file);
    } catch (InvalidPolicyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  PolicySource inForce() {
    return inForce;
  }

  /** Has the guard ask the second beside the first. */
  RoleGuardBuilder beside(RoleGuardBuilder guard) {
    shadow.ifPresent(guard::shadowPolicy);
    return guard;
  }

  /** What to say of them at the start. */
  List<String> notes(Collection<String> fullMethodNames) {
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

  private static Stream<String> unmatched(
      String prefix, AccessPolicy policy, Collection<String> fullMethodNames) {
    return policy.unmatchedPaths(fullMethodNames).stream().map(unmatched -> prefix + unmatched);
  }

  @Override
  public void close() {
    shadow.ifPresent(PolicyFile::close);
    inForce.close();
  }
}

package dev.rolecall.policy.document;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the paths of rules and of public methods. */
final class PathReader {

  private static final String PATHS = "paths";

  private final Remarks remarks;
  private final FieldReader read;

  PathReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /** The paths of a rule's request; empty if none is valid, which has been reported. */
  List<PlacedPath> paths(Mapping request) {
    List<PlacedPath> paths = new ArrayList<>();
    for (Node item : read.requiredList(request, PATHS)) {
      path(PATHS, item).ifPresent(paths::add);
    }
    return paths;
  }

  /** The paths of a policy's public methods, each within one service. */
  List<PlacedPath> publicMethods(Mapping policy) {
    String key = PolicySection.PUBLIC_METHODS.key();
    List<PlacedPath> paths = new ArrayList<>();
    for (Node item : read.optionalList(policy, key)) {
      Optional<PlacedPath> path = path(key, item);
      path.ifPresent(paths::add);
      path.filter(found -> !found.pattern().staysInOneService())
          .ifPresent(
              wide ->
                  remarks.problem(
                      item.at(),
                      ProblemCode.INVALID_PUBLIC_METHOD,
                      PathRules.complaint(
                          key, wide.pattern().text(), MethodPattern.EXPECTED_OF_ONE_SERVICE)));
    }
    return paths;
  }

  private Optional<PlacedPath> path(String key, Node item) {
    Optional<String> text = read.string(key, item);
    if (text.isPresent() && !MethodPattern.isValid(text.get())) {
      remarks.problem(
          item.at(),
          ProblemCode.INVALID_PATH,
          PathRules.complaint(key, text.get(), PathRules.expectedFor(text.get())));
      return Optional.empty();
    }
    return text.map(valid -> new PlacedPath(new MethodPattern(valid), Optional.of(item.at())));
  }
}

package dev.rolecall.policy.document;

import dev.rolecall.identity.PrincipalPattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.PrincipalNotes;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the principals of rules. */
final class PrincipalReader {

  private static final String PRINCIPALS = "principals";

  private final Remarks remarks;
  private final FieldReader read;

  PrincipalReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /** The principals of a rule's source; empty if none is valid, which has been reported. */
  List<PrincipalPattern> principals(Mapping source) {
    List<PrincipalPattern> principals = new ArrayList<>();
    for (Node item : read.requiredList(source, PRINCIPALS)) {
      read.string(PRINCIPALS, item)
          .flatMap(text -> principal(text, item.at()))
          .ifPresent(principals::add);
    }
    return principals;
  }

  private Optional<PrincipalPattern> principal(String text, Place at) {
    try {
      PrincipalPattern pattern = PrincipalPattern.parse(text);
      PrincipalNotes.noteSurprises(text, pattern, at, remarks);
      return Optional.of(pattern);
    } catch (IllegalArgumentException e) {
      remarks.problem(
          at, ProblemCode.INVALID_PRINCIPAL, PrincipalNotes.complaint(PRINCIPALS, text, e));
      return Optional.empty();
    }
  }
}

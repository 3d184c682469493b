package dev.rolecall.policy;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.internal.view.AttributesView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The decisions that a policy remembers, while the generation changes. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "each key has its own decision")
@State
public class DecisionMemoStress {

  private static final AttributesView NO_ATTRIBUTES =
      new AttributesView(Optional.empty(), Set.of(), false, Map.of(), Map.of(), Optional.empty());
  private static final List<DecisionMemo.Key> KEYS =
      IntStream.range(0, 4)
          .mapToObj(
              i ->
                  new DecisionMemo.Key(
                      IamRole.of(
                          "arn:aws:iam::111122223333:role/role" + i, "AROAEXAMPLE000000000" + i),
                      NO_ATTRIBUTES,
                      MethodPath.ofFullMethodName("test.v1.Echo/Say")))
          .toList();
  private static final List<Decision> DECISIONS =
      KEYS.stream()
          .<Decision>map(
              key ->
                  new Decision.Denied(
                      Optional.of(RuleName.parse(key.principal().text())),
                      new Validity.ForCaller()))
          .toList();

  private final DecisionMemo memo =
      new DecisionMemo(2, (key, attributes, call) -> DECISIONS.get(KEYS.indexOf(key)));

  private Decision decision(int key) {
    return memo.get(KEYS.get(key), Attributes.none(), CallFacts.unknown());
  }

  @Actor
  public void up(II_Result result) {
    for (int i = 0; i < KEYS.size(); i++) {
      result.r1 += decision(i).equals(DECISIONS.get(i)) ? 0 : 1;
    }
  }

  @Actor
  public void down(II_Result result) {
    for (int i = KEYS.size() - 1; i >= 0; i--) {
      result.r2 += decision(i).equals(DECISIONS.get(i)) ? 0 : 1;
    }
  }
}

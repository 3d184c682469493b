package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveName;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RoleName;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.RuleName;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Each kind of name is read where the judge reads it, and says itself again. */
final class NameTarget {

  private record Kind(String what, Predicate<String> judge, Function<String, Object> parse) {

    void tryOn(String text) {
      var name = Oracle.parsed(() -> parse.apply(text));
      Oracle.same(name.isPresent(), judge.test(text), what);
      name.ifPresent(found -> Oracle.same(found.toString(), text, what + ", written"));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("audience", NaiveName::isAudience, Audience::of),
          new Kind("host", NaiveName::isHost, StsHost::parse),
          new Kind("account", NaiveName::isAccount, AccountId::parse),
          new Kind("partition", NaiveName::isPartition, Partition::parse),
          new Kind("role name", NaiveName::isRoleName, RoleName::parse),
          new Kind("role id", NaiveName::isRoleId, RoleId::parse),
          new Kind("binding hash", NaiveName::isHash, BindingHash::new),
          new Kind("method", NaiveName::isMethod, MethodPath::parse),
          new Kind("method pattern", NaiveName::isMethodPattern, MethodPattern::parse),
          new Kind("rule name", NaiveName::isRuleName, RuleName::parse));

  private NameTarget() {}

  static void tryOn(byte[] input) {
    String text = Oracle.text(input);
    KINDS.forEach(kind -> kind.tryOn(text));
    var binding = ProofBinding.parse(text);
    Oracle.same(binding.isPresent(), NaiveName.isBinding(text), "binding");
    binding.ifPresent(found -> Oracle.same(found.text(), text, "binding, written"));
  }
}

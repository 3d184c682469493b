package dev.rolecall.txntoken;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.CompactToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a refused token. It claims them and nothing confirms them. Each is printable and of
 * bounded length.
 *
 * @param check the check that it failed, in fixed words
 * @param subject {@code sub}
 * @param transaction {@code txn}
 * @param kid the id of the key
 */
record PassedFacts(
    String check, Optional<String> subject, Optional<String> transaction, Optional<String> kid)
    implements Facts {

  /** Of a text that is no token. */
  static PassedFacts malformed(String rule) {
    return new PassedFacts(rule, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static PassedFacts of(CompactToken token, String check) {
    return new PassedFacts(
        check,
        token.claims().text(Claim.SUBJECT).map(InvalidValue::printable),
        token.claims().text(Claim.TRANSACTION).map(InvalidValue::printable),
        token.header().kid().map(InvalidValue::printable));
  }

  /** Two bytes a character, of all but the words of the check. */
  @Override
  public int size() {
    return 2 * (length(subject) + length(transaction) + length(kid));
  }

  private static int length(Optional<String> text) {
    return text.map(String::length).orElse(0);
  }

  @Override
  public List<Fact> list() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("check", "check", check));
    subject.ifPresent(text -> facts.add(new Fact("subject", "subject", text)));
    transaction.ifPresent(text -> facts.add(new Fact("token_id", "token id", text)));
    kid.ifPresent(text -> facts.add(new Fact("key_id", "key id", text)));
    return facts;
  }
}

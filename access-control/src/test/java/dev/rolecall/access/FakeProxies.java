package dev.rolecall.access;

import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.RefusalReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Trusts callers of the role {@code edge}, whose tokens are what the test says that they are. */
final class FakeProxies implements TrustedProxies, PassedCallers {

  final Map<String, Verification> tokens = new HashMap<>();
  final List<String> read = new ArrayList<>();
  final Set<IssuerAlias> aliases;
  boolean closed;

  FakeProxies(IssuerAlias... aliases) {
    this.aliases = Set.of(aliases);
  }

  /** The token names that caller. */
  FakeProxies naming(String token, Caller caller) {
    tokens.put(token, new Verification.Verified(caller));
    return this;
  }

  @Override
  public PassedCallers open(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Set<IssuerAlias> aliases() {
    return aliases;
  }

  @Override
  public boolean isProxy(Caller caller) {
    return caller.principal().text().endsWith(":role/edge");
  }

  @Override
  public Verification read(String token, Caller proxy) {
    read.add(token);
    return tokens.getOrDefault(token, new Verification.Refused(RefusalReason.SIGNATURE_INVALID));
  }

  @Override
  public void close() {
    closed = true;
  }
}

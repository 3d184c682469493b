package dev.rolecall.proxy.envoy;

import dev.rolecall.access.Refusal;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.proxy.envoy.v3.Struct;
import dev.rolecall.proxy.envoy.v3.Value;
import org.jspecify.annotations.Nullable;

/** The metadata of an answer that Envoy's access log may write. */
final class LogMetadata {

  private LogMetadata() {}

  /** Who called; null for a call of a public method, or a caller that is not known. */
  static Struct.Builder of(Audience audience, @Nullable Caller caller) {
    Struct.Builder metadata = Struct.newBuilder().putFields("audience", text(audience.name()));
    if (caller != null) {
      metadata.putFields("principal", text(caller.principal().text()));
      metadata.putFields("scheme", text(caller.evidence().scheme()));
    }
    return metadata;
  }

  /** Who called, and why the call was refused. */
  static Struct.Builder of(Audience audience, Refusal refusal) {
    Struct.Builder metadata =
        of(audience, refusal.caller().orElse(null))
            .putFields("reason", text(refusal.reason().name()));
    refusal.rule().ifPresent(rule -> metadata.putFields("rule", text(rule.toString())));
    return metadata;
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}

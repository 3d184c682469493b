package dev.rolecall.stsemulator.internal.http;

import dev.rolecall.stsemulator.protocol.IssuerRequestCounts;
import java.util.EnumMap;
import java.util.Map;

/** Counts requests to issuers, before their answers are sent. Safe for use by many threads. */
public final class IssuerLog {

  private final Map<IssuerDocument.Kind, Long> byKind = new EnumMap<>(IssuerDocument.Kind.class);

  /** Nothing counted yet. */
  public IssuerLog() {}

  synchronized void count(IssuerDocument.Kind kind) {
    byKind.merge(kind, 1L, Long::sum);
  }

  /** The counts at this moment. */
  public synchronized IssuerRequestCounts counts() {
    return new IssuerRequestCounts(
        of(IssuerDocument.Kind.DISCOVERY),
        of(IssuerDocument.Kind.KEYS),
        of(IssuerDocument.Kind.OTHER));
  }

  private long of(IssuerDocument.Kind kind) {
    return byKind.getOrDefault(kind, 0L);
  }
}

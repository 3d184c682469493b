package dev.rolecall.service.store.transfer;

import java.util.List;

/** The tables of an export, in the order of their references. */
final class Tables {

  static final String FORMAT = "rolecall-access-export";
  static final int VERSION = 1;

  static final List<String> ALL =
      List.of("access_request", "review", "access_grant", "access_lock", "signing_key", "outbox");

  private Tables() {}
}

package dev.rolecall.service.internal.api;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.internal.feed.GrantView;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.store.AccessStore;
import java.util.function.Supplier;

/**
 * The parts that calls are answered by.
 *
 * @param rules the rules in force
 * @param store the store
 * @param view the grants, locks and enforcers as this node knows them
 */
record Backend(Supplier<AccessRules> rules, AccessStore store, GrantView view) {

  Backend {
    requireNonNull(rules, "rules");
    requireNonNull(store, "store");
    requireNonNull(view, "view");
  }
}

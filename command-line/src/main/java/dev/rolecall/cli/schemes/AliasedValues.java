package dev.rolecall.cli.schemes;

import dev.rolecall.cli.arguments.NamedArgument;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.IssuerAlias;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of one option that is given once for each alias: {@code ALIAS=VALUE}.
 *
 * @param option the option, as a message names it
 * @param values the values, in the order they were given
 */
record AliasedValues(String option, Map<IssuerAlias, String> values) {

  AliasedValues {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads them.
   *
   * @throws CommandFailure if an alias breaks its rule, or comes twice
   */
  static AliasedValues of(String option, List<NamedArgument> given) {
    Map<IssuerAlias, String> values = new LinkedHashMap<>();
    for (NamedArgument each : given) {
      IssuerAlias alias = Trial.of(option, () -> new IssuerAlias(each.name()));
      if (values.put(alias, each.value()) != null) {
        throw new CommandFailure(option + ": " + each.name() + " twice (expected: once)");
      }
    }
    return new AliasedValues(option, values);
  }

  /**
   * The same, after a check that each alias is one of those.
   *
   * @param known the aliases that another option gave
   * @param by that option
   * @throws CommandFailure if one is not
   */
  AliasedValues onlyOf(Set<IssuerAlias> known, String by) {
    for (IssuerAlias alias : values.keySet()) {
      if (!known.contains(alias)) {
        throw new CommandFailure(
            option + ": " + alias + ": no such alias (expected: one that " + by + " names)");
      }
    }
    return this;
  }

  Optional<String> of(IssuerAlias alias) {
    return Optional.ofNullable(values.get(alias));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }
}

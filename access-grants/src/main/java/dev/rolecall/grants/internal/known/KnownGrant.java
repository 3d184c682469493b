package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A grant as the service last told of it.
 *
 * @param id its id
 * @param revision the service's count when it last changed
 * @param key its permission and holder
 * @param resources the resources that it is for; none for all of them
 * @param term the time that it holds for
 */
public record KnownGrant(
    String id, long revision, GrantKey key, List<String> resources, Term term) {

  /** Copies. */
  public KnownGrant {
    requireNonNull(id, "id");
    requireNonNull(key, "key");
    resources = List.copyOf(resources);
    requireNonNull(term, "term");
  }

  /**
   * Whether it is for that resource. One without resources is for each of them.
   *
   * @param resource empty where only a grant without resources will do
   */
  public boolean covers(String resource) {
    return resources.isEmpty() || (!resource.isEmpty() && resources.contains(resource));
  }
}

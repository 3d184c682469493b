package dev.rolecall.access.grant;

import dev.rolecall.access.runtime.AccessRuntime;

/** The settings of a way to know the grants that callers hold. */
public interface GrantSource {

  /**
   * The grants from now on. The caller closes them. What they cannot know at the start, such as the
   * first news from a service, they learn later: this does not wait for it.
   *
   * @param runtime the clock, threads and telemetry to work with; outlives the grants
   * @throws IllegalArgumentException if the settings break a rule
   */
  Grants open(AccessRuntime runtime);
}

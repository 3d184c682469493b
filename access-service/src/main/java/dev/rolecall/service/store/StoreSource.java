package dev.rolecall.service.store;

import dev.rolecall.access.runtime.AccessRuntime;

/** The settings of a store. */
public interface StoreSource {

  /**
   * Opens the store: connects, brings the schema up to date, and checks the settings. Blocks until
   * that is done. The caller closes the store.
   *
   * @param runtime the clock, randomness and telemetry to work with; outlives the store
   * @throws StoreNotOpenedException if that failed; its message says what to do
   */
  AccessStore open(AccessRuntime runtime);
}

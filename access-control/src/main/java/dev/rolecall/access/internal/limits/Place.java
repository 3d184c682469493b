package dev.rolecall.access.internal.limits;

/** A place that was taken. To be given back once. */
@FunctionalInterface
public interface Place {

  /** Gives it back. */
  void release();
}

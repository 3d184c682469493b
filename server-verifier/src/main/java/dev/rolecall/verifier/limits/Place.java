package dev.rolecall.verifier.limits;

/** A place that was taken. To be given back once. */
@FunctionalInterface
public interface Place {

  /** Gives it back. */
  void release();
}

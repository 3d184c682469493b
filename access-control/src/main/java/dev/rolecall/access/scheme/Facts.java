package dev.rolecall.access.scheme;

import dev.rolecall.identity.Fact;
import java.util.List;

/**
 * The facts of a refused credential that an operator needs, for logs and audit records. The
 * credential claims them and nothing confirms them. None is a secret.
 */
public interface Facts {

  /** How much they take beyond a few references to what others hold too, in bytes of heap. */
  int size();

  /** The facts, in the order that records have them. Made anew, since few are written. */
  List<Fact> list();
}

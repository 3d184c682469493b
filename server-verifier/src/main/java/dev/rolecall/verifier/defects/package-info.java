/**
 * Where defects are written down, with no proof in what is written: {@link
 * dev.rolecall.verifier.defects.DefectLog}. Internal.
 */
@NullMarked
package dev.rolecall.verifier.defects;

import org.jspecify.annotations.NullMarked;

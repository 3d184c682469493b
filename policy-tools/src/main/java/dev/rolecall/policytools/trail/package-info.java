/**
 * Checks that audit files are whole. Begin with {@link dev.rolecall.policytools.trail.TrailCheck}.
 * Knows the lines that {@code rolecall serve --audit-file} writes; never a policy or a call.
 */
@NullMarked
package dev.rolecall.policytools.trail;

import org.jspecify.annotations.NullMarked;

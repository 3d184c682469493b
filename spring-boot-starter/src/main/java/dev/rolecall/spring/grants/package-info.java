/**
 * The grants of access for a time that an application's servers follow. Start at {@link
 * dev.rolecall.spring.grants.RolecallGrantProperties}. One class alone names the optional artifact.
 */
@NullMarked
package dev.rolecall.spring.grants;

import org.jspecify.annotations.NullMarked;

package io.mcpoauth.core.contract;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Packages named {@code internal} hold what is public for our own packages only. */
public final class InternalPackages {

  private InternalPackages() {}

  /**
   * No public type outside of these packages names one of theirs where users see it.
   *
   * @param exceptions the names of types that users are not meant to see either
   */
  public static ArchRule areNotSeenFromOutside(Set<String> exceptions) {
    return ArchRuleDefinition.members()
        .that(
            DescribedPredicate.describe(
                "users see",
                member -> isSeen(member) && !exceptions.contains(topOf(member.getOwner()))))
        .should(nameNothingInternal())
        .because("users write against what is promised");
  }

  /**
   * Packages as slices, named by the group of the pattern. A feature's package and its internal one
   * are one slice when the pattern says so.
   */
  public static SliceAssignment slices(String pattern) {
    Pattern packages = Pattern.compile(pattern);
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        Matcher matcher = packages.matcher(type.getPackageName());
        return matcher.matches() ? SliceIdentifier.of(matcher.group(1)) : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages " + pattern;
      }
    };
  }

  private static ArchCondition<JavaMember> nameNothingInternal() {
    return new ArchCondition<>("name nothing internal") {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        member.getAllInvolvedRawTypes().stream()
            .map(JavaClass::getBaseComponentType)
            .filter(InternalPackages::isInternal)
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            member, member.getFullName() + " names " + type.getName())));
      }
    };
  }

  private static boolean isSeen(JavaMember member) {
    return isPromised(member.getModifiers())
        && isSeen(member.getOwner())
        && !isInternal(member.getOwner());
  }

  private static boolean isSeen(JavaClass type) {
    return isPromised(type.getModifiers())
        && type.getEnclosingClass().map(InternalPackages::isSeen).orElse(true);
  }

  private static boolean isPromised(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean isInternal(JavaClass type) {
    return type.getName().startsWith("io.mcpoauth.") && type.getName().contains(".internal.");
  }

  private static String topOf(JavaClass type) {
    return type.getEnclosingClass().map(InternalPackages::topOf).orElse(type.getName());
  }
}

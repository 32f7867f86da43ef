package io.mcpoauth.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.mcpoauth.core.contract.InternalPackages;

/** One direction: parse, one call of core, render; and policy that no engine owns. */
@AnalyzeClasses(packages = "io.mcpoauth.servlet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule parsingDoesNotRender =
      noClasses()
          .that()
          .resideInAPackage("..servlet.internal.parse..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..servlet.internal.render..");

  @ArchTest
  static final ArchRule renderingDoesNotParse =
      noClasses()
          .that()
          .resideInAPackage("..servlet.internal.render..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..servlet.internal.parse..");

  @ArchTest
  static final ArchRule policyKnowsNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..servlet.forward..",
              "..servlet.internal.forward..",
              "..servlet.limit..",
              "..servlet.message..",
              "..servlet.internal.message..",
              "..servlet.internal.page..",
              "..servlet.internal.cookie..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.eclipse.jetty..", "java.net.http..");

  @ArchTest
  static final ArchRule storageIsCoresBusiness =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are storage verbs",
                  c ->
                      c.getPackageName().startsWith("io.mcpoauth.core.spi.storage")
                          && !c.getSimpleName().equals("StorageException")));

  @ArchTest
  static final ArchRule noPackagesInCircles =
      slices()
          .assignedFrom(
              InternalPackages.slices("io\\.mcpoauth\\.servlet\\.(?:internal\\.)?(\\w+)(?:\\..*)?"))
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule internalTypesAreNotSeenFromOutside =
      InternalPackages.areNotSeenFromOutside(ServletApiTest.PUBLIC_BESIDE);
}

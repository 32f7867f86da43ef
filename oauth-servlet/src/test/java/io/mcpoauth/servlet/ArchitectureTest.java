package io.mcpoauth.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One direction: parse, one call of core, render; and policy that no engine owns. */
@AnalyzeClasses(packages = "io.mcpoauth.servlet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule parsingDoesNotRender =
      noClasses()
          .that()
          .resideInAPackage("..servlet.parse..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..servlet.render..");

  @ArchTest
  static final ArchRule renderingDoesNotParse =
      noClasses()
          .that()
          .resideInAPackage("..servlet.render..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..servlet.parse..");

  @ArchTest
  static final ArchRule policyKnowsNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..servlet.forward..",
              "..servlet.limit..",
              "..servlet.message..",
              "..servlet.page..",
              "..servlet.cookie..")
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
      slices().matching("io.mcpoauth.servlet.(*)..").should().beFreeOfCycles();
}

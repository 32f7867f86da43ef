package io.mcpoauth.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Keeps notes for users who come with an MCP client. */
@SpringBootApplication(proxyBeanMethods = false)
public class NotesApplication {

  /** Runs the application. */
  public static void main(String[] arguments) {
    SpringApplication.run(NotesApplication.class, arguments);
  }
}

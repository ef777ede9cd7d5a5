import ArgumentParser

/// `meshd slash`.
struct SlashCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slash",
        abstract: "Shows what was proven of validators of other chains, and who paid for it.",
        discussion: """
            Only evidence slashes cross-stake: see `meshd observe`, which brings it. What validators of this chain lose is \
            shown by `meshd query slashing`.

            Example:
              meshd slash show
            """,
        subcommands: [SlashShow.self]
    )
}

import ArgumentParser

/// What a command takes that needs no home.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: "For people or for programs: text or json.")
    var output: OutputFormat = .text

    /// The same as what all commands take.
    var global: GlobalOptions {
        var options = GlobalOptions()
        options.home = nil
        options.output = output
        return options
    }
}

/// One thing that is done in a scenario.
///
/// A kind of step is a type in a file of its own: it reads itself from the value behind its name, and carries itself out on
/// the scenario's network. `ScenarioVocabulary` lists the kinds.
public protocol ScenarioStep: Sendable, CustomStringConvertible {
    /// What kind it is.
    static var kind: ScenarioKind { get }

    /// Reads the value behind the kind's name; names are looked up, and new labels given, at the reader.
    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError)

    /// Carries it out.
    ///
    /// What is not met is put down with the run and is no error; an error ends the run.
    func perform(in run: ScenarioRun) throws(ScenarioError)
}

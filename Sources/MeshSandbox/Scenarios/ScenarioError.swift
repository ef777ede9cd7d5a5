import IBC
import MeshHost
import ModuleKit

/// Why a scenario could not be read or carried out.
public struct ScenarioError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, for programs.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's name.
        public let rawValue: String

        /// Names a code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The text is no YAML, or uses what scenarios leave out: several documents, tags, anchors.
        public static let notYAML = Code(rawValue: "not_yaml")
        /// A member stands where none of its name may stand.
        public static let unknownMember = Code(rawValue: "unknown_member")
        /// A member that is needed is not there.
        public static let missingMember = Code(rawValue: "missing_member")
        /// A value is not of the form that is needed there.
        public static let invalidValue = Code(rawValue: "invalid_value")
        /// A chain, an account, a channel or a label is not defined.
        public static let unknownName = Code(rawValue: "unknown_name")
        /// The same name is given twice.
        public static let duplicateName = Code(rawValue: "duplicate_name")
        /// The network could not do what a step asks for.
        public static let network = Code(rawValue: "network")
        /// A step asks for what can't be done now, such as reopening a chain that runs.
        public static let outOfTurn = Code(rawValue: "out_of_turn")
    }

    /// What went wrong, for programs.
    public let code: Code
    /// Where in the scenario; nil when it is about the whole.
    public let place: ScenarioPlace?
    /// What went wrong and what to do about it.
    public let message: String
    /// The error below, if there was one.
    public let cause: (any Error)?

    /// Describes a failure.
    public init(_ code: Code, at place: ScenarioPlace? = nil, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.place = place
        self.message = message
        self.cause = cause
    }

    /// The place, if it is known, and the message.
    public var description: String { place.map { "\($0): \(message)" } ?? message }

    /// The same error with a place, where it has none yet.
    func placed(at place: ScenarioPlace) -> ScenarioError {
        self.place == nil ? ScenarioError(code, at: place, message, cause: cause) : self
    }
}

/// A place in a scenario's text.
public struct ScenarioPlace: Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in Unicode scalars.
    public let column: Int

    /// Names a place.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// `line 3, column 7`.
    public var description: String { "line \(line), column \(column)" }
}

extension ScenarioError {
    /// Runs a reading that knows no place, and puts its failure at one.
    static func reading<Value>(_ place: ScenarioPlace, _ body: () throws -> Value) throws(ScenarioError) -> Value {
        do {
            return try body()
        } catch let error as ScenarioError {
            throw error.placed(at: place)
        } catch {
            throw ScenarioError(.invalidValue, at: place, words(of: error), cause: error)
        }
    }

    /// Runs a call of the network, and puts its failure at the step that made it.
    static func running<Value>(_ place: ScenarioPlace?, _ body: () throws -> Value) throws(ScenarioError) -> Value {
        do {
            return try body()
        } catch let error as ScenarioError {
            throw place.map { error.placed(at: $0) } ?? error
        } catch {
            throw ScenarioError(.network, at: place, words(of: error), cause: error)
        }
    }

    /// What an error from below says to people, without its code.
    private static func words(of error: any Error) -> String {
        switch error {
        case let error as SandboxError where error.code == .host: error.cause.map(words) ?? error.message
        case let error as SandboxError: error.message
        case let error as HostError: error.message
        case let error as ModuleError: error.message
        case let error as IBCError: error.message
        default: "\(error)"
        }
    }
}

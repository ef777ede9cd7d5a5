import IBC
import MeshHost
import ModuleKit
import SwiftProtobuf

extension CommandError {
    /// Makes sense of what the chain stores of other chains.
    ///
    /// - Throws: `storage`, because a sound store holds nothing else.
    static func readingStored<Value>(_ what: String, _ body: () throws -> Value) throws(CommandError) -> Value {
        do {
            return try body()
        } catch {
            throw CommandError(.storage, "\(what) can't be read: run `meshd audit verify`", cause: error)
        }
    }

    /// Reads an identifier or a height of the command line.
    ///
    /// - Throws: `badInput`.
    static func readingArgument<Value>(_ body: () throws(IBCError) -> Value) throws(CommandError) -> Value {
        do throws(IBCError) {
            return try body()
        } catch {
            throw CommandError(.badInput, error.message, cause: error)
        }
    }
}

extension ChannelEnd.State {
    /// The state in words.
    var name: String {
        switch self {
        case .initialized: "initialized"
        case .tryOpen: "try-open"
        case .open: "open"
        case .closed: "closed"
        }
    }

    var cell: Table.Cell {
        switch self {
        case .open: .init(name, .green)
        case .closed: .init(name, .red)
        case .initialized, .tryOpen: .init(name, .yellow)
        }
    }
}

extension ChannelEnd.Ordering {
    /// The ordering in a word.
    var name: String { self == .ordered ? "ordered" : "unordered" }
}

extension ConnectionEnd.State {
    /// The state in words.
    var name: String {
        switch self {
        case .initialized: "initialized"
        case .tryOpen: "try-open"
        case .open: "open"
        }
    }

    var cell: Table.Cell { .init(name, self == .open ? .green : .yellow) }
}

extension CommitmentPrefix {
    /// The name of the store as text, or in hexadecimal digits where it is none.
    var text: String { bytes.readableText ?? bytes.hexText }
}

extension Google_Protobuf_Timestamp {
    /// The same moment as the program writes it; nil outside its range.
    var moment: Timestamp? { try? Timestamp(seconds: seconds, nanosecondsWithin: nanos) }
}

extension Google_Protobuf_Duration {
    /// The same length of time as the program writes it; the longest one for what is longer, none for what is negative.
    var span: TimeSpan {
        guard let seconds = UInt64(exactly: seconds), let rest = UInt64(exactly: nanos) else { return .zero }
        let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isStillTooLong) = product.addingReportingOverflow(rest)
        return isTooLong || isStillTooLong ? .max : TimeSpan(nanoseconds: sum)
    }
}

extension [UInt8] {
    /// The bytes as text, where all of them are printable ASCII, as names and paths of IBC are.
    var readableText: String? {
        guard !isEmpty, allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return String(decoding: self, as: UTF8.self)
    }
}

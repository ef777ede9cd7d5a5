internal import Foundation
public import ModuleKit

/// What comes into a block from outside, besides its transactions; the first of the block's recorded inputs.
public enum BlockInput: Sendable {
    /// Of the block before the first: the genesis document and how it was read.
    case genesis(document: [UInt8], skipsUnknown: Bool, addressPrefix: String)
    /// Of every other block: what the consensus engine reported, and the block as validators signed it.
    case report(EngineReport, lightBlock: [UInt8])

    /// The encoding that is recorded and hashed (`block.proto`).
    public func encoded() throws(ModuleError) -> [UInt8] {
        let input: ProtoBlockInput =
            switch self {
            case .genesis(let document, let skipsUnknown, let addressPrefix):
                .with {
                    $0.genesis = .with {
                        $0.document = Data(document)
                        $0.skipsUnknown = skipsUnknown
                        $0.addressPrefix = addressPrefix
                    }
                }
            case .report(let report, let lightBlock):
                .with {
                    $0.report = ProtoEngineReport(report)
                    $0.lightBlock = Data(lightBlock)
                }
            }
        return try input.encodedBytes()
    }

    /// Reads a recorded input.
    public init(decoding bytes: [UInt8]) throws(ModuleError) {
        let input = try ProtoBlockInput(decodingBytes: bytes)
        try input.requireKnownFields()
        switch input.input {
        case .genesis(let genesis):
            guard input.lightBlock.isEmpty else {
                throw ModuleError(
                    .undecodable,
                    "the genesis has a light block, but nobody signs it: the log is damaged"
                )
            }
            self = .genesis(
                document: Array(genesis.document),
                skipsUnknown: genesis.skipsUnknown,
                addressPrefix: genesis.addressPrefix
            )
        case .report(let report):
            self = .report(try EngineReport(report), lightBlock: Array(input.lightBlock))
        case nil: throw ModuleError(.undecodable, "the first input of a block says nothing: the log is damaged")
        }
    }
}

extension ProtoEngineReport {
    fileprivate init(_ report: EngineReport) {
        self.init()
        proposer = report.proposer.map { Data($0.bytes) } ?? Data()
        votes = report.votes.map { vote in
            .with {
                $0.validator = Data(vote.validator.bytes)
                $0.power = vote.power
                $0.hasSigned_p = vote.hasSigned
            }
        }
        misbehavior = report.misbehavior.map { infraction in
            .with {
                $0.validator = Data(infraction.validator.bytes)
                $0.power = infraction.power
                $0.height = infraction.height
                $0.time = infraction.time.nanoseconds
            }
        }
    }
}

extension EngineReport {
    fileprivate init(_ report: ProtoEngineReport) throws(ModuleError) {
        var votes: [Vote] = []
        for vote in report.votes {
            votes.append(
                Vote(validator: try Address(bytes: vote.validator), power: vote.power, hasSigned: vote.hasSigned_p)
            )
        }
        var misbehavior: [Misbehavior] = []
        for infraction in report.misbehavior {
            misbehavior.append(
                Misbehavior(
                    validator: try Address(bytes: infraction.validator),
                    power: infraction.power,
                    height: infraction.height,
                    time: Timestamp(nanoseconds: infraction.time)
                )
            )
        }
        let proposer = report.proposer.isEmpty ? nil : try Address(bytes: report.proposer)
        self.init(proposer: proposer, votes: votes, misbehavior: misbehavior)
    }
}

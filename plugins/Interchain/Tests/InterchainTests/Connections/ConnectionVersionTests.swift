import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// Two ends agree on one version, with the features that both have.
struct ConnectionVersionTests {
    private let chains: TwoChains
    private let unordered = Ibc_Core_Connection_V1_Version.with {
        $0.identifier = "1"
        $0.features = ["ORDER_UNORDERED"]
    }
    private let future = Ibc_Core_Connection_V1_Version.with {
        $0.identifier = "2"
        $0.features = ["ORDER_UNORDERED"]
    }

    init() throws { chains = try TwoChains() }

    @Test("An end that offers less is answered with less")
    func agreesOnLess() throws {
        let left = try TwoChains.id(chains.beginConnection { $0.versions = [unordered] })
        try chains.settle()
        let answered = try chains.answerConnection(left) { $0.counterpartyVersions = [unordered] }
        let right = try TwoChains.id(answered)
        #expect(answered.emitted.first?.connectionOpenTry.end.versions == [unordered])
        try chains.settle()
        try chains.acknowledgeConnection(left, right).thenFailed(.noCommonVersion)
        try chains.acknowledgeConnection(left, right) { $0.version = unordered }.thenSucceeded()
        try chains.settle()
        try chains.confirmConnection(right, left).thenSucceeded()
    }

    @Test("A choice that was offered, but is not the one that was made, is refused by the proof")
    func refusesAnotherChoice() throws {
        let left = try TwoChains.id(chains.beginConnection())
        try chains.settle()
        let right = try TwoChains.id(chains.answerConnection(left))
        try chains.settle()
        try chains.acknowledgeConnection(left, right) { $0.version = unordered }.thenFailed(.invalidProof)
        try chains.acknowledgeConnection(left, right) { $0.clearVersion() }.thenFailed(.malformedInput)
    }

    @Test("Ends without a version in common don't connect")
    func refusesStrangers() throws {
        let left = try TwoChains.id(chains.beginConnection())
        try chains.settle()
        try chains.answerConnection(left) { $0.counterpartyVersions = [future] }.thenFailed(.noCommonVersion)
        try chains.answerConnection(left) { $0.counterpartyVersions = [] }.thenFailed(.noCommonVersion)
        try chains.answerConnection(left) { $0.counterpartyVersions = Array(repeating: unordered, count: 17) }
            .thenFailed(.malformedInput)
        try chains.answerConnection(left) { $0.counterpartyVersions = [.init()] }.thenFailed(.malformedInput)
    }

    @Test("This chain offers nothing that it does not speak")
    func offersItsOwn() throws {
        try chains.beginConnection { $0.versions = [future] }.thenFailed(.noCommonVersion)
        try chains.beginConnection { $0.versions = [unordered, future] }.thenFailed(.noCommonVersion)
        try chains.beginConnection { $0.versions = [.init()] }.thenFailed(.malformedInput)
        try chains.beginConnection { $0.versions = Array(repeating: unordered, count: 17) }.thenFailed(.malformedInput)
        try chains.beginConnection { $0.counterpartyPrefix = Data() }.thenFailed(.malformedInput)
        try chains.beginConnection { $0.counterpartyClientID = "x" }.thenFailed(.malformedInput)
    }
}

internal import Foundation
internal import ModuleKit

/// The events that the host itself records, without a message that asked for them.
extension HostEvent {
    static func reactionFailed(_ failure: Execution.FailedReaction) -> HostEvent {
        .with {
            $0.reactionFailed = .with {
                $0.number = failure.instance.number
                $0.sequence = failure.origin.sequence
                $0.codespace = failure.error.codespace
                $0.code = failure.error.code.number
                $0.error = failure.error.recordedMessage
            }
        }
    }

    static func hookFailed(_ hook: String, of instance: InstanceIdentity, _ error: ModuleError) -> HostEvent {
        .with {
            $0.hookFailed = .with {
                $0.number = instance.number
                $0.hook = hook
                $0.codespace = error.codespace
                $0.code = error.code.number
                $0.error = error.recordedMessage
            }
        }
    }

    static func feeCharged(_ amount: [ProtoCoin], payer: String) -> HostEvent {
        .with {
            $0.feeCharged = .with {
                $0.payer = payer
                $0.amount = amount
            }
        }
    }

    static func executed(_ hash: [UInt8], signers: [String], workUsed: UInt64, error: ModuleError?) -> HostEvent {
        .with {
            $0.transactionExecuted = .with {
                $0.transactionHash = Data(hash)
                $0.signers = signers
                $0.workUsed = workUsed
                if let error {
                    $0.codespace = error.codespace
                    $0.code = error.code.number
                    $0.error = error.recordedMessage
                }
            }
        }
    }

    static func migrated(
        _ number: UInt32,
        to version: Version,
        vocabulary: UInt32,
        failure: ModuleError? = nil
    ) -> HostEvent {
        .with {
            $0.instanceMigrated = .with {
                $0.number = number
                $0.version = version.description
                $0.vocabulary = vocabulary
                $0.succeeded = failure == nil
                $0.error = failure?.recordedMessage ?? ""
            }
        }
    }
}

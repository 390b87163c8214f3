/// One piece of evidence for a topic and where it stands, whether or not the passage reaches the topic's threshold.
package struct TopicGround: Sendable, Hashable {
  package var place: NameTrial.Place
  /// Offsets are bytes in the text of the title, the heading or the passage; the weight is what counts there.
  package var evidence: TopicEvidence
}
